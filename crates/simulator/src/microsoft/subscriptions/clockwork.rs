//! Looking for what there is to tell, for as long as the world exists.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use super::deliver;
use crate::world::World;

/// How often the mailboxes and the clock are looked at.
const LOOK: Duration = Duration::from_millis(20);

pub(crate) async fn run(world: Weak<World>) {
    loop {
        {
            let Some(world) = world.upgrade() else {
                return;
            };
            let now = world.clock.now();
            let due = world.cloud().notifications_due(now);
            for batch in due {
                let world = Arc::clone(&world);
                tokio::spawn(async move { deliver::attempt(&world, batch).await });
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}
