"""Settings, addresses and processes: the only place that joins the apps."""
