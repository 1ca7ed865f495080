"""The pieces of Check a route: files, findings, mends, results, what-if; routes side by side are in comparing."""
