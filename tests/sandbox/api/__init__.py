"""How the org answers over HTTP: the server, the paths, the login, the list of deletes."""
