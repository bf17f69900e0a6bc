"""Everything that touches the world: screen, socket, disk and clock."""
