"""The inner loops, each written twice: compiled by numba, and in numpy with the same bits as its result.

`switch` says which of the two runs. A loop `x` lives in `x_compiled.py`, which alone of the two imports
numba, and in `x_plain.py`; both have functions of the same names and arguments.
"""
