//! The consent page, the page "Need admin approval", and the end of a sign-in.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    admin_consent,
    flow::{Flow, Prompt},
    refusal::Refusal,
};
use crate::{
    microsoft::{
        approvals::Approval,
        cloud::Cloud,
        directory::{ConsentPolicy, Registration, User},
        grants::{Code, Holder},
        pages,
        scopes::Scopes,
    },
    world::World,
};

/// The flow with its chosen user and its registration.
struct Scene {
    flow: Flow,
    user: User,
    registration: Registration,
}

impl Scene {
    fn open(cloud: &Cloud, world: &World, id: &str) -> Result<Self, Refusal> {
        let flow = cloud.flow(id, world.clock.now())?.clone();
        let user = flow.user.as_deref().and_then(|address| cloud.user(address));
        let user = user.ok_or_else(|| Refusal::new(50_089))?.clone();
        let registration = cloud.registrations.get(&flow.client_id);
        let registration = registration.ok_or_else(|| Refusal::new(700_016))?.clone();
        Ok(Self {
            flow,
            user,
            registration,
        })
    }
}

/// What follows the choice of a user.
pub(super) fn begin(world: &World, request: &HttpRequest, id: &str) -> HttpResponse {
    let mut cloud = world.cloud();
    let scene = match Scene::open(&cloud, world, id) {
        Ok(scene) => scene,
        Err(refusal) => return refusal.page(world, request),
    };
    let Scene {
        flow,
        user,
        registration,
    } = &scene;
    if flow.admin_consent {
        return admin_consent::page(id, flow, user, registration, cloud.directory(user.tid));
    }
    let (open, allowed) = cloud.open_scopes(flow, user, registration);
    if open.is_empty() {
        return finish(&mut cloud, world, id, &scene);
    }
    if flow.prompt == Prompt::None {
        let refusal = Refusal::new(65_001);
        let more = vec![("error_subcode", "consent_required".to_owned())];
        return flow.target.refuse(world, request, &refusal, more);
    }
    let template = if allowed {
        "consent.html"
    } else {
        "approval.html"
    };
    let scopes = words(&open);
    pages::show(
        StatusCode::OK,
        template,
        json!({
        "segment": flow.segment, "flow": id, "application": registration.name, "client_id": flow.client_id,
        "user": user, "scopes": scopes, "admin": user.admin,
        "workflow": cloud.has_workflow(user) }),
    )
}

/// Name and meaning of each scope.
pub(super) fn words(scopes: &Scopes) -> Vec<(&'static str, &'static str)> {
    scopes
        .iter()
        .map(|scope| (scope.name, scope.words()))
        .collect()
}

#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    flow: String,
    decision: String,
    /// "Consent on behalf of your organization".
    organization: Option<String>,
    /// Why an administrator should consent.
    reason: Option<String>,
}

impl Cloud {
    /// Whether a user may ask an administrator here and now.
    fn has_workflow(&self, user: &User) -> bool {
        self.directory(user.tid)
            .is_some_and(|directory| directory.consent_policy == ConsentPolicy::Workflow)
    }
}

pub(super) async fn submit(
    world: web::Data<World>,
    request: HttpRequest,
    decision: web::Form<Decision>,
) -> HttpResponse {
    let mut cloud = world.cloud();
    let scene = match Scene::open(&cloud, &world, &decision.flow) {
        Ok(scene) => scene,
        Err(refusal) => return refusal.page(&world, &request),
    };
    let accepted = decision.decision == "accept";
    if scene.flow.admin_consent {
        cloud.flows.remove(&decision.flow);
        return admin_consent::end(
            &mut cloud,
            &world,
            &request,
            &scene.flow,
            &scene.user,
            &scene.registration,
            accepted,
        );
    }
    let (open, allowed) = cloud.open_scopes(&scene.flow, &scene.user, &scene.registration);
    if accepted && allowed {
        let Scene { flow, user, .. } = &scene;
        if user.admin && decision.organization.is_some() {
            cloud
                .grants
                .consent_directory(user.tid, &flow.client_id, &open);
        } else {
            cloud
                .grants
                .consent_user(user.tid, user.oid, &flow.client_id, &open);
        }
        return finish(&mut cloud, &world, &decision.flow, &scene);
    }
    cloud.flows.remove(&decision.flow);
    if decision.decision == "request" && !allowed && cloud.has_workflow(&scene.user) {
        cloud.approvals.push(Approval {
            id: world.clock.new_id(),
            tid: scene.user.tid,
            client_id: scene.flow.client_id.clone(),
            user: scene.user.address.clone(),
            reason: decision.reason.clone().unwrap_or_default(),
            scopes: open.iter().map(|scope| scope.name).collect(),
            wanted: open,
            at: world.clock.now(),
        });
        let refusal = Refusal::new(90_095);
        return scene
            .flow
            .target
            .refuse(&world, &request, &refusal, Vec::new());
    }
    let refusal = Refusal::new(if allowed { 65_004 } else { 90_094 });
    let more = vec![("error_subcode", "cancel".to_owned())];
    scene.flow.target.refuse(&world, &request, &refusal, more)
}

/// Makes the code and sends the browser back with it.
fn finish(cloud: &mut Cloud, world: &World, id: &str, scene: &Scene) -> HttpResponse {
    let Scene { flow, user, .. } = scene;
    cloud.flows.remove(id);
    let code = cloud.grants.add_code(Code {
        holder: Holder {
            tid: user.tid,
            oid: user.oid,
            address: user.address.clone(),
            client_id: flow.client_id.clone(),
            cloud: flow.cloud,
            revocations: user.revocations,
        },
        segment: flow.segment.clone(),
        redirect_uri: flow.target.redirect_uri.clone(),
        scope: flow.scope.clone(),
        nonce: flow.nonce.clone(),
        challenge: flow.challenge.clone(),
        issued: world.clock.now(),
        mfa: cloud
            .directory(user.tid)
            .is_some_and(|directory| directory.conditional_access.mfa),
        redeemed: false,
    });
    let mut parameters = vec![("code", code)];
    if flow.client_info {
        parameters.push(("client_info", client_info(user.oid, user.tid)));
    }
    parameters.push(("session_state", world.clock.new_id().to_string()));
    flow.target.answer(parameters)
}

/// Who signed in, as MSAL wants to be told.
pub(super) fn client_info(oid: Uuid, tid: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(json!({ "uid": oid, "utid": tid }).to_string())
}
