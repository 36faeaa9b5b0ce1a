import './recommendation.js';

export const create = globalThis.Recommendation.create;
