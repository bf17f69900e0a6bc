"""Judge one condition against one enterprise; one module for each family of fact kinds."""
