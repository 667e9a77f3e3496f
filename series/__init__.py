"""Evidence to series: cited statements, the catalog of subjects, and the series they imply."""
