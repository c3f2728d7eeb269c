// The composer's script is fetched when there is a composer.
export const start = async (root) => (await import("./composer.js")).start(root);
