"""Chunks, tokens, sentences, layers and the Corpus that holds them."""
