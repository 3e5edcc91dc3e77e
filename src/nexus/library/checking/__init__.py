"""What is wrong with a repository as a whole, beyond what the reading of each file shows. Pure."""
