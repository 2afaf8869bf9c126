"""Derived corpora, studies and reports."""
