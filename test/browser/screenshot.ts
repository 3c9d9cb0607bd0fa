/** `npm run screenshot` takes the screenshot of Swagger UI that the README shows. */
import { fileURLToPath } from "node:url";
import { startEphemeralService } from "../../server/process/service.ts";
import { skip, startBrowser } from "./browser.ts";
import { authorize, openDocs } from "./swaggerUi.ts";

if (skip !== false) throw new Error(skip);
const service = await startEphemeralService();
const browser = await startBrowser();
const { page } = await openDocs(browser, service.origin);
await authorize(page);
await page.mouse.move(0, 0);
await page.screenshot({ path: fileURLToPath(new URL("../../docs/swagger-ui.png", import.meta.url)) });
await browser.close();
await service.close();
