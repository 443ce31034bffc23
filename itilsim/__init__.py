"""itilsim simulates service relationships over their whole life and gives distributions of net value for every stakeholder."""
