"""Formulas on arrays: NumPy and SciPy only, no pandas."""
