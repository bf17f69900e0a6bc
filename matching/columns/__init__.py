"""Conditions and enterprises as columns: verdicts on very many at once, each rule still the judges' own.

A distinct condition is judged once for everything that a judge looks up of an enterprise, by the readable
judge; the columns remember what it said, and join the verdicts of an item's tree in a compiled loop.
"""
