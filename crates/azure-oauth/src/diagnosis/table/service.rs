//! Nobody's: Microsoft has a problem that passes.

super::rows! {
    [90055] Nobody Wait:
        "Microsoft asks us to slow down for this organisation.",
        "Nothing to do: it is tried again.";
    [50033, 90006, 90012, 90024, 90033, 90090, 90091, 50087] Nobody Wait:
        "Microsoft's sign-in has a passing problem.",
        "Nothing to do: it is tried again.";
    [80001, 80002, 80005] MicrosoftAdministrator Wait:
        "Microsoft cannot reach the organisation's own sign-in servers.",
        "It is tried again. If it lasts, ask the Microsoft administrator to look at the authentication agents."
        => [SIGN_IN_LOG];
}
