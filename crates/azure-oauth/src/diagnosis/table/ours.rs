//! The operator's: credentials, registrations, bugs. No customer can do anything about them.

super::rows! {
    [7000215] Us Fix:
        "Microsoft does not accept the secret of our app.",
        "We have to set the right client secret (its value, not its id). Nothing is lost meanwhile.";
    [7000222] Us Fix:
        "The secret of our app has expired.",
        "We have to set a new client secret. Nothing is lost meanwhile.";
    [7000218] Us Fix:
        "Our app did not show its credential.",
        "We have to correct the app registration: its platform must be Web.";
    [700025] Us Fix:
        "Our app is registered as a public client.",
        "We have to correct the app registration.";
    [700027, 50012, 700030] Us Fix:
        "Microsoft does not accept the certificate of our app.",
        "We have to upload the certificate, or to correct a clock.";
    [50011] Us Fix:
        "The return address of our app is not registered.",
        "We have to register the redirect URI.";
    [50194] Us Fix:
        "Our app is not registered for other organisations.",
        "We have to make the app registration multi-tenant.";
    [9001023, 90124, 90130] Us Fix:
        "Our app cannot be used at this sign-in address.",
        "We have to correct the authority.";
    [70011, 28002, 28003, 700022] Us Fix:
        "Our app asks for permissions in a way that Microsoft does not understand.",
        "We have to correct the scopes.";
    [900144, 90014, 9002313] Us Fix:
        "Our request was incomplete.",
        "We have to correct a mistake in the program.";
    [90008] Us Fix:
        "Our app lacks the permission to sign people in.",
        "We have to add User.Read to the app registration.";
    [65005, 650056, 650057] Us Fix:
        "The permissions of our app are set up wrongly.",
        "We have to correct the app registration; afterwards an administrator may have to approve it again.";
    [90038, 900439] Us Fix:
        "The organisation lives in another Microsoft cloud.",
        "We have to use the sign-in of that cloud.";
    [50196] Us Fix:
        "We asked Microsoft too often for the same thing.",
        "We have to slow down.";
}
