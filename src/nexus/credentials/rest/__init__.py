"""The door for programs: signing in, and asking whom they act for."""
