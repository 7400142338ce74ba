"""What passages are about: topics found in their words, their quality, number and names."""
