const root = process.env["BASE_URL"] ?? "http://127.0.0.1:3000/beta";

/** The generated functions call this function instead of `fetch`. It adds the service root and the token, and parses JSON. */
export async function request<T>(path: string, init: RequestInit): Promise<T> {
  const headers = { Authorization: `Bearer ${process.env["TOKEN"]}`, ...init.headers };
  const response = await fetch(root + path, { ...init, headers });
  const json = response.headers.get("content-type")?.startsWith("application/json");
  const data = json ? await response.json() : await response.text();
  return { data, status: response.status, headers: response.headers } as T;
}
