//! The operator's: credentials, registrations, bugs. No customer can do anything about them.

super::rows! {
    [7000215] Us Fix:
        "Microsoft does not accept the secret of our app.",
        "We have to set the right client secret (its value, not its id). Nothing is lost meanwhile."
        or "Microsoft does not accept the secret of your app registration.",
        "Make a new client secret and set its value (not its id) here. Nothing is lost meanwhile."
        => [CREDENTIALS];
    [7000222] Us Fix:
        "The secret of our app has expired.",
        "We have to set a new client secret. Nothing is lost meanwhile."
        or "The secret of your app registration has expired.",
        "Make a new client secret and set its value here. Nothing is lost meanwhile."
        => [CREDENTIALS];
    [7000218] Us Fix:
        "Our app did not show its credential.",
        "We have to correct the app registration: its platform must be Web."
        or "Microsoft takes your app registration for a public client.",
        "Register the return address with the platform Web."
        => [AUTHENTICATION];
    [700025] Us Fix:
        "Our app is registered as a public client.",
        "We have to correct the app registration."
        or "Your app registration is of a public client.",
        "Register the return address with the platform Web, and do not allow public client flows."
        => [AUTHENTICATION];
    [700027, 50012, 700030] Us Fix:
        "Microsoft does not accept the certificate of our app.",
        "We have to upload the certificate, or to correct a clock."
        or "Microsoft does not accept the certificate of your app registration.",
        "Upload the certificate that is set here, or set the one that is uploaded."
        => [CREDENTIALS];
    [50011] Us Fix:
        "The return address of our app is not registered.",
        "We have to register the redirect URI."
        or "The return address is not registered with your app registration.",
        "Add the redirect URI that the guide shows, with the platform Web."
        => [AUTHENTICATION];
    [50194] Us Fix:
        "Our app is not registered for other organisations.",
        "We have to make the app registration multi-tenant."
        or "Your app registration is for one organisation only.",
        "Name its directory here, or open it to other organisations."
        => [AUTHENTICATION];
    [9001023, 90124, 90130] Us Fix:
        "Our app cannot be used at this sign-in address.",
        "We have to correct the authority."
        or "Your app registration cannot be used at this sign-in address.",
        "Name its directory here.";
    [70011, 28002, 28003, 700022] Us Fix:
        "Our app asks for permissions in a way that Microsoft does not understand.",
        "We have to correct the scopes.";
    [900144, 90014, 9002313] Us Fix:
        "Our request was incomplete.",
        "We have to correct a mistake in the program.";
    [90008] Us Fix:
        "Our app lacks the permission to sign people in.",
        "We have to add User.Read to the app registration."
        or "Your app registration lacks the permission to sign people in.",
        "Add the delegated permission User.Read."
        => [API_PERMISSIONS];
    [65005, 650056, 650057] Us Fix:
        "The permissions of our app are set up wrongly.",
        "We have to correct the app registration; afterwards an administrator may have to approve it again."
        or "The permissions of your app registration are set up wrongly.",
        "Add the permissions that the guide shows; afterwards an administrator may have to approve it again."
        => [API_PERMISSIONS];
    [90038, 900439] Us Fix:
        "The organisation lives in another Microsoft cloud.",
        "We have to use the sign-in of that cloud."
        or "Your app registration lives in another Microsoft cloud.",
        "Choose the right cloud for it here.";
    [50196] Us Fix:
        "We asked Microsoft too often for the same thing.",
        "We have to slow down.";
}
