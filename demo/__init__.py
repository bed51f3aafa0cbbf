"""A made-up bureau with lifelike synthetic data, delivered and rated like a real one."""
