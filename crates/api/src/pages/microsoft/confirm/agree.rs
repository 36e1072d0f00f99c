use actix_web::{HttpRequest, HttpResponse, post, web};
use postroom_registry::{
    TenantId,
    audit::{self, Action, Actor, Entry, SubjectKind},
    grant,
    sign_in::{self, Asked, SignInState},
};
use secrecy::SecretString;

use super::{Ending, Left, Opened, elsewhere};
use crate::{
    Api, Problem,
    pages::microsoft::{
        again::Form,
        browser,
        departure::{Manner, depart},
        ending::{Stop, answer},
    },
    routes::sign_ins::{self, Aim, Import, Replaced},
};

/// The person pressed "Connect". The panel user who began may take it now; nothing is connected yet, but for a
/// connection whose very owner signed in by the link that was made for it.
#[post("/microsoft/confirm")]
pub(crate) async fn confirm(
    api: web::Data<Api>,
    request: HttpRequest,
    form: web::Form<Form>,
) -> Result<HttpResponse, Problem> {
    answer(agree(&api, &request, &form).await)
}

/// What was agreed to, looked at before it is written down.
struct Agreed {
    tenant: TenantId,
    row: sign_in::Model,
    grant: grant::Model,
    aim: Aim,
}

async fn agree(api: &Api, request: &HttpRequest, form: &Form) -> Result<HttpResponse, Stop> {
    let opened = Opened::by_ticket(api, &form.ticket).await?;
    let secret = browser::recognise(request, &opened.row)?;
    browser::our_form(&secret, form)?;
    if opened.row.state != SignInState::Authorized {
        return Err(elsewhere(opened).into());
    }
    let id = opened.row.grant_id.ok_or(Ending::CannotBeUsed)?;
    let grant = grant::find(&opened.tx, id).await?;
    let aim = Aim::of(&opened.tx, &opened.row).await?;
    let signer = &grant.user_principal_name;
    if !aim.lacks(&grant.scopes, signer).is_empty() {
        return more(api, opened, secret, signer).await;
    }
    let Opened { tx, row, .. } = opened;
    let tenant = tx.tenant();
    tx.commit().await?;
    let agreed = Agreed {
        tenant,
        row,
        grant,
        aim,
    };
    let ending = write_down(api, &agreed).await?;
    Ok(ending.response())
}

/// Back to Microsoft, for what a delegate needs beyond the owner.
async fn more(
    api: &Api,
    opened: Opened,
    secret: SecretString,
    signer: &str,
) -> Result<HttpResponse, Stop> {
    let manner = Manner::More {
        signer: signer.to_owned(),
    };
    let departed = depart(api, opened, Some(secret), &manner).await?;
    Ok(departed.page())
}

/// What waits in the mailbox is counted first, so that the panel never sees a confirmed sign-in without it.
async fn write_down(api: &Api, agreed: &Agreed) -> Result<Ending, Stop> {
    let Agreed { tenant, grant, .. } = agreed;
    let gap = match &agreed.aim.replaced {
        Some(Replaced::Source(source)) => {
            Box::pin(sign_ins::measure_gap(api, *tenant, grant.id, source)).await
        }
        _ => None,
    };
    let opened = Opened::find(api, Some((*tenant, agreed.row.id))).await?;
    if opened.row.state != SignInState::Authorized || opened.row.grant_id != Some(grant.id) {
        return Err(elsewhere(opened).into());
    }
    let site = opened.site.name();
    let asked = opened.row.asked;
    let row = sign_in::confirm(&opened.tx, opened.row, gap).await?;
    if asked == Asked::Owner {
        let entry = Entry::new(Actor::Service, Action::OwnerLinkUsed)
            .on(SubjectKind::SignIn, &row.id, row.mailbox.as_deref())
            .changed("signed_in_as", None, Some(&grant.user_principal_name));
        audit::record(&opened.tx, &entry).await?;
    }
    opened.tx.commit().await?;
    let taken = asked == Asked::Owner
        && sign_ins::is_owners_own(&agreed.aim, &row, grant)
        && take(api, *tenant, &row).await;
    let left = match taken {
        true => Left::Nothing,
        false => Left::to(asked),
    };
    Ok(Ending::Done { site, left })
}

/// Takes it for the owner. Where that does not go, whoever made the link sees why when they take it.
async fn take(api: &Api, tenant: TenantId, row: &sign_in::Model) -> bool {
    let taken = sign_ins::take_over(api, tenant, &Actor::Service, row.id, Import::All);
    match Box::pin(taken).await {
        Ok(row) => row.state == SignInState::Connected,
        Err(problem) => {
            problem.log();
            false
        }
    }
}
