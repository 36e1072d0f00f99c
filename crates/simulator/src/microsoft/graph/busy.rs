//! At most four requests of one application at once for a mailbox ("Microsoft Graph service-specific throttling limits").

use actix_web::web;

use super::error::GraphError;
use crate::world::World;

const AT_ONCE: u32 = 4;

/// A place among the four; given back when dropped.
pub(super) struct Busy {
    world: web::Data<World>,
    key: String,
}

impl Busy {
    pub(super) fn take(
        world: &web::Data<World>,
        client_id: &str,
        mailbox: &str,
    ) -> Result<Self, GraphError> {
        let key = format!("{client_id} {mailbox}");
        let mut cloud = world.cloud();
        let running = cloud.busy.entry(key.clone()).or_default();
        if *running >= AT_ONCE {
            return Err(GraphError::too_many_at_once());
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
