"""House style taken off articles, and a count of what was taken."""
