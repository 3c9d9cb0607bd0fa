/** The page of Swagger UI, and a style sheet that improves its layout on phones and its contrast (WCAG 2.2, level AA). */
import document from "../../generated/openapi.json" with { type: "json" };

/** The page as HTML. It is the same for every request. */
export const docsPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${document.info.title}</title>
    <link rel="icon" type="image/png" sizes="32x32" href="/docs/static/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/static/swagger-ui.css">
    <link rel="stylesheet" href="/docs/static/index.css">
    <link rel="stylesheet" href="/docs/static/docs.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <noscript>This page needs JavaScript. The contract is at <a href="/openapi.yaml">/openapi.yaml</a>.</noscript>
    <script src="/docs/static/swagger-ui-bundle.js"></script>
    <script type="module" src="/docs/static/docs.js"></script>
  </body>
</html>
`;

/** The style sheet as CSS. The page loads it after Swagger UI's own style sheet. */
export const docsStyle = `
.swagger-ui a.link, .swagger-ui .info a, .swagger-ui .info .link .url { color: #0b5cad; }
.swagger-ui .info .title small { background: #57606f; }
.swagger-ui .info .title small.version-stamp { background: #3f6d00; }
.swagger-ui .parameter__name.required::after, .swagger-ui .opblock-section-request-body .required { color: #b3141b; }
.swagger-ui .renderedMarkdown code, .swagger-ui .markdown code { color: #6d0fc4; }
.swagger-ui .download-contents { background: #57606f; }
.swagger-ui .parameter__in, .swagger-ui .parameter__extension, .swagger-ui .parameter__deprecated { color: #595959; }
.swagger-ui .prop-format, .swagger-ui .response-control-media-type__accept-message { color: #3b5f2b; }

/* Hides the column for links: the contract has no links, and the column makes the table too wide for a phone. */
.swagger-ui .response-col_links { display: none; }
/* Hides the link to the adapted contract. The description links to the original files instead. */
.swagger-ui .info hgroup > .link { display: none; }
/* Reduces the height of the text field for the body, so that the response is visible together with the request. */
.swagger-ui textarea.body-param__text { min-height: 11rem; }
.swagger-ui .parameters input[type=text] { width: 100%; max-width: 30rem; }
@media (max-width: 40rem) {
  .swagger-ui table.parameters :is(tbody, tr, td) { display: block; width: auto; max-width: none; }
  .swagger-ui table.parameters thead { display: none; }
  .swagger-ui table.parameters tbody tr td { padding: 0.25rem 0; }
  .swagger-ui table.parameters tbody tr { padding: 0.5rem 0; }
}

.swagger-ui .info details { margin: 1em 0; }
.swagger-ui .info summary { cursor: pointer; font-weight: bold; }

.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #0b5cad; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #0a6b45; }
.swagger-ui .opblock.opblock-patch .opblock-summary-method { background: #80510a; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #b3141b; }

.swagger-ui .btn.authorize { border-color: #0a6b45; color: #0a6b45; }
.swagger-ui .btn.authorize svg, .swagger-ui .btn.authorize svg path { fill: #0a6b45; }
.swagger-ui .btn.execute { background-color: #0b5cad; border-color: #0b5cad; }
.swagger-ui .btn.cancel { border-color: #b3141b; color: #b3141b; }

.swagger-ui :is(a, button, input, select, textarea, summary):focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
`;
