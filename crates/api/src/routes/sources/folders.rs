use actix_web::{get, web};
use postroom_registry::{SourceId, grant, source};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    Api, Problem,
    connection::{AtWork, problem_of},
    doors::Administrator,
    problem::ErrorBody,
};

/// Which folders.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Those inside this one; without it those at the top.
    parent: Option<String>,
}

/// Folders of a mailbox, those at one place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FolderList {
    items: Vec<FolderNode>,
}

/// A folder to choose.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FolderNode {
    /// Microsoft's id.
    id: String,
    /// In the mailbox's language. May hold a slash: it is no path.
    name: String,
    /// Folders directly inside.
    children: u64,
    /// Unread messages in it.
    #[schema(required)]
    unread: Option<u64>,
}

/// The folders of a source's mailbox, as Microsoft has them now.
#[utoipa::path(
    tag = "sources",
    params(("id" = Uuid, Path), Asked),
    responses((status = OK, body = FolderList), (status = "default", body = ErrorBody))
)]
#[get("/sources/{id}/folders")]
pub(crate) async fn list_folders(
    api: web::Data<Api>,
    caller: Administrator,
    id: web::Path<Uuid>,
    asked: web::Query<Asked>,
) -> Result<web::Json<FolderList>, Problem> {
    let tx = api.registry.begin(caller.tenant).await?;
    let row = source::find(&tx, SourceId(*id)).await?;
    let grant = grant::find(&tx, row.grant_id).await?;
    tx.commit().await?;
    let parent = asked.parent.as_deref().filter(|it| !it.is_empty());
    let opened = api.prepared(AtWork::source(&grant, &row)).await?;
    let folders = opened.folders(parent).await;
    let folders = folders.map_err(|failure| problem_of(&opened, failure))?;
    let items = folders.into_iter().map(|folder| FolderNode {
        id: folder.id,
        name: folder.name,
        children: folder.children,
        unread: Some(folder.unread),
    });
    Ok(web::Json(FolderList {
        items: items.collect(),
    }))
}
