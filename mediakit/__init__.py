"""mediakit: media analysis whose claims survive a second look."""
