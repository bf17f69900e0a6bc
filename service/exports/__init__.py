"""The ranked lists of all enterprises as one file, made in pieces by this process, by many, or by a Dask cluster."""
