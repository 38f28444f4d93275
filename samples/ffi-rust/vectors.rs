//! Functions for programs, without any crate: `rustc --crate-type cdylib vectors.rs`. What each takes says `vectors.json`.

use std::panic::{catch_unwind, set_hook, AssertUnwindSafe};
use std::sync::Once;

/// Makes a function for programs of a function of Rust. A panic must not leave `extern "C"`, where it would end the process:
/// it becomes the message of a failure, in the room that a function described with `"fails": true` gets.
macro_rules! export {
    ($(fn $name:ident($($parameter:ident: $type:ty),*) -> $result:ty $body:block)*) => {$(
        #[no_mangle]
        pub unsafe extern "C" fn $name($($parameter: $type,)* message: *mut u8, room: usize) -> $result {
            guarded(message, room, || $body)
        }
    )*};
}

/// A panic is told to the program; Rust need not print it as well.
static QUIET: Once = Once::new();

unsafe fn guarded<T: Default>(message: *mut u8, room: usize, run: impl FnOnce() -> T) -> T {
    QUIET.call_once(|| set_hook(Box::new(|_| {})));
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result,
        Err(panic) => {
            let text = panic
                .downcast_ref::<&str>()
                .map(|text| text.to_string())
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_else(|| "it panicked".to_string());
            let length = text.len().min(room.saturating_sub(1));
            std::ptr::copy_nonoverlapping(text.as_ptr(), message, length);
            *message.add(length) = 0;
            T::default()
        }
    }
}

/// A pointer and a length from a program; an empty array may have no place at all.
unsafe fn numbers<'a>(start: *const f64, count: usize) -> &'a [f64] {
    if count == 0 { &[] } else { std::slice::from_raw_parts(start, count) }
}

unsafe fn numbers_to_write<'a>(start: *mut f64, count: usize) -> &'a mut [f64] {
    if count == 0 { &mut [] } else { std::slice::from_raw_parts_mut(start, count) }
}

/// As described in `vectors.json`.
#[repr(C)]
pub struct Point {
    x: f64,
    y: f64,
}

/// Nothing in it can fail, so it needs no room for a message.
#[no_mangle]
pub extern "C" fn add(a: f64, b: f64) -> f64 {
    a + b
}

#[no_mangle]
pub unsafe extern "C" fn sum(start: *const f64, count: usize) -> f64 {
    numbers(start, count).iter().sum()
}

export! {
    fn scale(start: *mut f64, count: usize, factor: f64) -> () {
        for number in numbers_to_write(start, count) {
            *number *= factor;
        }
    }

    fn rotate(point: *mut Point, quarters: i32) -> () {
        let point = &mut *point;
        for _ in 0..quarters.rem_euclid(4) {
            (point.x, point.y) = (-point.y, point.x);
        }
    }

    fn mean(start: *const f64, count: usize) -> f64 {
        if count == 0 {
            panic!("the mean of nothing");
        }
        numbers(start, count).iter().sum::<f64>() / count as f64
    }

    fn count_primes(below: u32, progress: extern "C" fn(f64)) -> u32 {
        let mut count = 0;
        for candidate in 2..below {
            if (2..).take_while(|d| d * d <= candidate).all(|d| candidate % d != 0) {
                count += 1;
            }
            if candidate % (below / 4).max(1) == 0 {
                progress(candidate as f64 / below as f64);
            }
        }
        count
    }
}
