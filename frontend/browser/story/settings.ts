/** Where the demo is, as `make demo` starts it unless told otherwise. */
export const settings = {
  control: process.env.POSTROOM_DEMO_CONTROL ?? 'http://localhost:7099',
  site: process.env.POSTROOM_DEMO_SITE ?? 'http://localhost:7100',
  /** Another site, which goes from Connect to Forge. */
  forgeSite: process.env.POSTROOM_DEMO_FORGE_SITE ?? 'http://localhost:7101',
  webmail: process.env.POSTROOM_DEMO_WEBMAIL ?? 'http://localhost:7090/webmail',
  app: process.env.POSTROOM_DEMO_APP ?? 'http://localhost:7080',
  /** A folder for pictures; none are kept without it. */
  screenshots: process.env.POSTROOM_SCREENSHOTS,
  chromium: process.env.POSTROOM_CHROMIUM ?? '/usr/bin/chromium',
};

export const SUPPORT = 'support@contoso.example';
export const CUSTOMER = 'carl@customer.example';
