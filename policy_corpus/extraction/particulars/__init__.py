"""What stands around a benefit: windows, how to apply, materials, contacts."""
