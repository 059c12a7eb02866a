"""SSM Run Command that really runs: documents, commands, the hosts' agents, and the API in front of them."""
