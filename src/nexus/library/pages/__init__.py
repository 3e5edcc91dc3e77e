"""The pages of repositories: entries, files, folders, histories, states."""
