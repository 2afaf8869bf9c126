"""The three verbs, and the questions asked of their answers."""
