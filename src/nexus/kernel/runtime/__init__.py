"""What runs in threads beside the requests of the one process: tasks and the clock."""
