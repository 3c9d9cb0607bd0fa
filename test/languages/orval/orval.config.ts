// biome-ignore lint/style/noDefaultExport: orval wants one
export default {
  enrollment: {
    input: "openapi.yaml",
    output: {
      target: "generated/api.ts",
      client: "fetch",
      override: { mutator: { path: "request.ts", name: "request" } },
    },
  },
};
