// The symbols used, as UTF-8 of their code points in the Material Icons font (its CSS lists them).
#pragma once

namespace ui::icon {

inline constexpr const char* kReceive = "\xEE\x85\xA8";   // e168 move_to_inbox
inline constexpr const char* kTruck = "\xEE\x95\x98";     // e558 local_shipping
inline constexpr const char* kReturn = "\xEE\xA1\xA0";    // e860 assignment_return
inline constexpr const char* kList = "\xEE\xA3\xAF";      // e8ef view_list
inline constexpr const char* kBox = "\xEE\x86\xA1";       // e1a1 inventory_2
inline constexpr const char* kBookmark = "\xEE\xA1\xA6";  // e866 bookmark
inline constexpr const char* kWarning = "\xEE\x80\x82";   // e002 warning
inline constexpr const char* kDone = "\xEE\xA1\xAC";      // e86c check_circle
inline constexpr const char* kStop = "\xEE\x80\x80";      // e000 error
inline constexpr const char* kAsk = "\xEE\xA2\x87";       // e887 help
inline constexpr const char* kNote = "\xEE\xA2\x8E";      // e88e info
inline constexpr const char* kUndo = "\xEE\x85\xA6";      // e166 undo
inline constexpr const char* kSearch = "\xEE\xA2\xB6";    // e8b6 search
inline constexpr const char* kAdd = "\xEE\x85\x85";       // e145 add
inline constexpr const char* kClose = "\xEE\x97\x8D";     // e5cd close
inline constexpr const char* kBack = "\xEE\x97\x84";      // e5c4 arrow_back
inline constexpr const char* kNext = "\xEE\x97\x8C";      // e5cc chevron_right
inline constexpr const char* kMore = "\xEE\x97\x8F";      // e5cf expand_more
inline constexpr const char* kCheck = "\xEE\x97\x8A";     // e5ca check
inline constexpr const char* kCamera = "\xEE\x81\x8B";    // e04b videocam
inline constexpr const char* kNoCamera = "\xEE\x81\x8C";  // e04c videocam_off
inline constexpr const char* kWait = "\xEE\xA2\x8B";      // e88b hourglass_empty
inline constexpr const char* kTheme = "\xEE\x8E\xAB";     // e3ab brightness_6
inline constexpr const char* kPlace = "\xEE\x95\x9F";     // e55f place
inline constexpr const char* kEnter = "\xEE\x8C\x9B";     // e31b keyboard_return
inline constexpr const char* kWarranty = "\xEE\xA3\xA8";  // e8e8 verified_user
inline constexpr const char* kDate = "\xEE\xA1\xB8";      // e878 event
inline constexpr const char* kPerson = "\xEE\x9F\xBD";    // e7fd person
inline constexpr const char* kScan = "\xEF\x88\x86";      // f206 qr_code_scanner
inline constexpr const char* kKeyboard = "\xEE\x8C\x92";  // e312 keyboard
inline constexpr const char* kLabel = "\xEE\xA2\x92";     // e892 label
inline constexpr const char* kLock = "\xEE\xA2\x97";      // e897 lock
inline constexpr const char* kHold = "\xEE\xA4\xA5";      // e925 pan_tool
inline constexpr const char* kRecall = "\xEE\x85\xA0";    // e160 report
inline constexpr const char* kSync = "\xEE\x98\xA7";      // e627 sync
inline constexpr const char* kConflict = "\xEE\xA4\x95";  // e915 compare_arrows

// What the atlas holds of it. Older Dear ImGui renders all glyphs at start, so these only.
inline constexpr const char* kAll[] = {
    kReceive, kTruck,  kReturn,   kList,   kBox,    kBookmark, kWarning,  kDone,     kStop,
    kAsk,     kNote,   kUndo,     kSearch, kAdd,    kClose,    kBack,     kNext,     kMore,
    kCheck,   kCamera, kNoCamera, kWait,   kTheme,  kPlace,    kEnter,    kWarranty, kDate,
    kPerson,  kScan,   kLock,     kHold,   kRecall, kConflict, kKeyboard, kSync,     kLabel,
};

}  // namespace ui::icon
