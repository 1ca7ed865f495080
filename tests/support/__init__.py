"""What several test modules share: builders, samples, a served copy, readers of what was written; no tests."""
