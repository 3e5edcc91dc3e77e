"""The pages that cross domains: home, cohorts, people."""
