"""Measures: everything counted is a ratio of two per-article sums."""
