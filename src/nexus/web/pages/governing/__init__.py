"""The pages on which cohorts are run, and those by which people come in."""
