"""Plots, tables and captions."""
