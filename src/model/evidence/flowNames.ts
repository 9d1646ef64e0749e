/** What evidence calls the flows that are not classic: those have keys of their own (modes/classicFlows.ts). */

/** The flow on this host. */
export const HERE = 'here';
/** Of a contradiction to what the mode is for: sending by reference, which the way of delivery undid. */
export const PROMISED = 'promised';
