"""Files, exports and the outlet register: whatever holds articles -> ARTICLES."""
