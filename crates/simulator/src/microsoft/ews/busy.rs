//! At most 27 requests of one application at once for a user ("EWS throttling in Exchange", EWSMaxConcurrency).

use actix_web::web;

use super::Problem;
use crate::world::World;

const AT_ONCE: u32 = 27;

/// A place among them; given back when dropped.
pub(super) struct Busy {
    world: web::Data<World>,
    key: String,
}

impl Busy {
    pub(super) fn take(
        world: &web::Data<World>,
        client_id: &str,
        user: &str,
    ) -> Result<Self, Problem> {
        let key = format!("ews {client_id} {user}");
        let mut cloud = world.cloud();
        let running = cloud.busy.entry(key.clone()).or_default();
        if *running >= AT_ONCE {
            return Err(Problem::new("ErrorExceededConnectionCount"));
        }
        *running += 1;
        Ok(Self {
            world: world.clone(),
            key,
        })
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut cloud = self.world.cloud();
        if let Some(running) = cloud.busy.get_mut(&self.key) {
            *running -= 1;
            if *running == 0 {
                cloud.busy.remove(&self.key);
            }
        }
    }
}
