"""The data folder: database, original files and index. Nothing is written elsewhere."""
