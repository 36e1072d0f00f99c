/** The day on which Microsoft shuts EWS down everywhere ("Deprecation of Exchange Web Services"). */
export const EWS_END = '2027-04-01T00:00:00Z';
