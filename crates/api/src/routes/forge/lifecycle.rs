use actix_web::{HttpResponse, web};
use postroom_atlassian::forge::{Event, EventKind};

use crate::{Api, Problem, doors::ForgeLifecycle};

/// The app was installed, or a new version of it was consented to.
pub(crate) async fn lifecycle(
    api: web::Data<Api>,
    told: ForgeLifecycle,
) -> Result<HttpResponse, Problem> {
    let event = Event::parse(&told.body)
        .map_err(|error| Problem::invalid("body", "This is no event.").because(error))?;
    match event.kind {
        EventKind::Installed { .. } | EventKind::Upgraded { .. } => {
            told.install(&api).await?;
            api.learn_app_account_soon(told.tenant).await;
        }
        other => {
            tracing::info!(tenant = %told.tenant, event = ?other, "nothing to do for an event");
        }
    }
    Ok(HttpResponse::NoContent().finish())
}
