// A store in memory for atlassian-connect-express, by the interface that its own adapters have. It costs nothing, so
// in a comparison nobody can say that a database made the app slow.
export default function memory() {
  const values = new Map();
  const at = (key, clientKey) => `${key} ${clientKey}`;
  return {
    isMemoryStore: () => true,
    get: async (key, clientKey) => values.get(at(key, clientKey)) ?? null,
    set: async (key, value, clientKey) => {
      values.set(at(key, clientKey), value);
      return value;
    },
    saveInstallation: async (value, clientKey) => {
      values.set(at("clientInfo", clientKey), value);
      return value;
    },
    del: async (key, clientKey) => values.delete(at(key, clientKey)),
    getAllClientInfos: async () => [...values.values()],
  };
}
