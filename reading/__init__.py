"""Answer a query: compile its selection and the policy into one SQL statement and one function."""
