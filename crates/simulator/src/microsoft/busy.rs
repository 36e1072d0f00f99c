//! How many requests of one application run at once against one thing of Microsoft's.

use actix_web::web;

use crate::world::World;

/// A place among those that may run; given back when dropped.
pub(super) struct Busy {
    world: web::Data<World>,
    key: String,
}

impl Busy {
    /// A place among `at_once` for `key`; nothing when all are taken.
    pub(super) fn take(world: &web::Data<World>, key: String, at_once: u32) -> Option<Self> {
        let mut cloud = world.cloud();
        let running = cloud.busy.entry(key.clone()).or_default();
        if *running >= at_once {
            return None;
        }
        *running += 1;
        Some(Self {
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
