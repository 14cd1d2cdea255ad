// Made from schema/push_data.schema.json by `npm run types`; a test fails when it is stale.

export interface PushDataPayload {
  /**
   * List of access grants.
   */
  access_grants?: AccessGrant[];
  /**
   * List of bookings.
   */
  bookings?: Booking[];
  /**
   * List of buildings.
   */
  buildings?: Building[];
  /**
   * List of shared common areas.
   */
  common_areas?: CommonArea[];
  /**
   * Your unique identifier for the customer.
   */
  customer_key: string;
  /**
   * Identifier of the customization profile for this customer. Pass null to remove it.
   */
  customization_profile_id?: string | null;
  /**
   * List of gym or fitness facilities.
   */
  facilities?: Facility[];
  /**
   * List of guests.
   */
  guests?: Guest[];
  /**
   * List of property listings.
   */
  listings?: Listing[];
  /**
   * Battery level, from 0 to 1, at or below which a low battery is reported for this customer's devices. Pass null to remove it.
   */
  low_battery_alert_threshold?: number | null;
  /**
   * List of short-term rental properties.
   */
  properties?: Property[];
  /**
   * List of property listings.
   */
  property_listings?: PropertyListing[];
  /**
   * List of reservations.
   */
  reservations?: Reservation[];
  /**
   * List of residents.
   */
  residents?: Resident[];
  /**
   * List of hotel or hospitality rooms.
   */
  rooms?: Room[];
  /**
   * List of general sites or areas.
   */
  sites?: Site[];
  /**
   * List of general spaces or areas.
   */
  spaces?: Space[];
  /**
   * List of staff members.
   */
  staff_members?: StaffMember[];
  /**
   * List of tenants.
   */
  tenants?: Tenant[];
  /**
   * List of multi-family residential units.
   */
  units?: Unit[];
  /**
   * List of user identities.
   */
  user_identities?: UserIdentity[];
  /**
   * List of users.
   */
  users?: User[];
}
export interface AccessGrant {
  /**
   * Your unique identifier for the access grant.
   */
  access_grant_key: string;
  /**
   * Building keys associated with the access grant.
   */
  building_keys?: string[];
  /**
   * Common area keys associated with the access grant.
   */
  common_area_keys?: string[];
  /**
   * Ending date and time for the access grant.
   */
  ends_at?: string;
  /**
   * Facility keys associated with the access grant.
   */
  facility_keys?: string[];
  /**
   * Guest key associated with the access grant.
   */
  guest_key?: string;
  /**
   * Listing keys associated with the access grant.
   */
  listing_keys?: string[];
  /**
   * Your name for this access grant resource.
   */
  name?: string;
  /**
   * Preferred PIN code to use when creating access for this reservation.
   */
  preferred_code?: string;
  /**
   * Property keys associated with the access grant.
   */
  property_keys?: string[];
  /**
   * Resident key associated with the access grant.
   */
  resident_key?: string;
  /**
   * Room keys associated with the access grant.
   */
  room_keys?: string[];
  /**
   * Space keys associated with the access grant.
   */
  space_keys?: string[];
  /**
   * Starting date and time for the access grant.
   */
  starts_at?: string;
  /**
   * Tenant key associated with the access grant.
   */
  tenant_key?: string;
  /**
   * Unit keys associated with the access grant.
   */
  unit_keys?: string[];
  /**
   * User identity key associated with the access grant.
   */
  user_identity_key?: string;
  /**
   * User key associated with the access grant.
   */
  user_key?: string;
}
export interface Booking {
  /**
   * Your unique identifier for the booking.
   */
  booking_key: string;
  /**
   * Building keys associated with the access grant.
   */
  building_keys?: string[];
  /**
   * Common area keys associated with the access grant.
   */
  common_area_keys?: string[];
  /**
   * Ending date and time for the access grant.
   */
  ends_at?: string;
  /**
   * Facility keys associated with the access grant.
   */
  facility_keys?: string[];
  /**
   * Guest key associated with the access grant.
   */
  guest_key?: string;
  /**
   * Listing keys associated with the access grant.
   */
  listing_keys?: string[];
  /**
   * Your name for this access grant resource.
   */
  name?: string;
  /**
   * Preferred PIN code to use when creating access for this reservation.
   */
  preferred_code?: string;
  /**
   * Property keys associated with the access grant.
   */
  property_keys?: string[];
  /**
   * Resident key associated with the access grant.
   */
  resident_key?: string;
  /**
   * Room keys associated with the access grant.
   */
  room_keys?: string[];
  /**
   * Space keys associated with the access grant.
   */
  space_keys?: string[];
  /**
   * Starting date and time for the access grant.
   */
  starts_at?: string;
  /**
   * Tenant key associated with the access grant.
   */
  tenant_key?: string;
  /**
   * Unit keys associated with the access grant.
   */
  unit_keys?: string[];
  /**
   * User identity key associated with the access grant.
   */
  user_identity_key?: string;
  /**
   * User key associated with the access grant.
   */
  user_key?: string;
}
export interface Building {
  /**
   * Your unique identifier for the building.
   */
  building_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
}
export interface CommonArea {
  /**
   * Your unique identifier for the common area.
   */
  common_area_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string;
}
export interface Facility {
  /**
   * Your unique identifier for the facility.
   */
  facility_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
}
export interface Guest {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string;
  /**
   * Your unique identifier for the guest.
   */
  guest_key: string;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string;
}
export interface Listing {
  /**
   * Your unique identifier for the listing.
   */
  listing_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
}
export interface Property {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the property.
   */
  property_key: string;
}
export interface PropertyListing {
  /**
   * Set key:value pairs. Accepts string or Boolean values. Adding custom metadata to a property listing enables you to store custom information, like customer details or internal IDs from your application. Set a key to null or to an empty string to remove that key.
   */
  custom_metadata?: {
    [k: string]: string | boolean | null;
  };
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the property listing.
   */
  property_listing_key: string;
}
export interface Reservation {
  /**
   * Building keys associated with the access grant.
   */
  building_keys?: string[];
  /**
   * Common area keys associated with the access grant.
   */
  common_area_keys?: string[];
  /**
   * Set key:value pairs for filtering reservations by custom criteria. Set a key to null or to an empty string to remove that key.
   */
  custom_metadata?: {
    [k: string]: string | boolean | null;
  };
  /**
   * Ending date and time for the access grant.
   */
  ends_at?: string;
  /**
   * Facility keys associated with the access grant.
   */
  facility_keys?: string[];
  /**
   * Guest key associated with the access grant.
   */
  guest_key?: string;
  /**
   * Listing keys associated with the access grant.
   */
  listing_keys?: string[];
  /**
   * Your name for this access grant resource.
   */
  name?: string;
  /**
   * Preferred PIN code to use when creating access for this reservation.
   */
  preferred_code?: string;
  /**
   * Property keys associated with the access grant.
   */
  property_keys?: string[];
  /**
   * Your unique identifier for the reservation.
   */
  reservation_key: string;
  /**
   * Resident key associated with the access grant.
   */
  resident_key?: string;
  /**
   * Room keys associated with the access grant.
   */
  room_keys?: string[];
  /**
   * Space keys associated with the access grant.
   */
  space_keys?: string[];
  /**
   * Starting date and time for the access grant.
   */
  starts_at?: string;
  /**
   * Tenant key associated with the access grant.
   */
  tenant_key?: string;
  /**
   * Unit keys associated with the access grant.
   */
  unit_keys?: string[];
  /**
   * User identity key associated with the access grant.
   */
  user_identity_key?: string;
  /**
   * User key associated with the access grant.
   */
  user_key?: string;
}
export interface Resident {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string;
  /**
   * Your unique identifier for the resident.
   */
  resident_key: string;
}
export interface Room {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string;
  /**
   * Your unique identifier for the room.
   */
  room_key: string;
}
export interface Site {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  site_key: string;
}
export interface Space {
  /**
   * Reservation/stay-related defaults for the space (time zone, default check-in/out times, address).
   */
  customer_data?: {
    /**
     * Postal address for the space.
     */
    address?: string | null;
    /**
     * Default check-in time for reservations at the space, as HH:mm or HH:mm:ss.
     */
    default_checkin_time?: string | null;
    /**
     * Default check-out time for reservations at the space, as HH:mm or HH:mm:ss.
     */
    default_checkout_time?: string | null;
    /**
     * IANA time zone for the space, e.g. America/Los_Angeles.
     */
    time_zone?: string | null;
  };
  /**
   * Default duration of this space in minutes, when the space represents a fixed-length bookable slot (e.g. an appointment type). Used to interpret reservations booked against this space.
   */
  duration_minutes?: number;
  /**
   * Geographic coordinates (latitude and longitude) of the space.
   */
  geolocation?: {
    /**
     * Latitude of the space, in decimal degrees.
     */
    latitude: number;
    /**
     * Longitude of the space, in decimal degrees.
     */
    longitude: number;
  };
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string;
  /**
   * Your unique identifier for the space.
   */
  space_key: string;
}
/**
 * Represents a staff member for a specific customer.
 */
export interface StaffMember {
  /**
   * List of unique identifiers for the buildings the staff member is associated with.
   */
  building_keys?: string[];
  /**
   * List of unique identifiers for the common areas the staff member is associated with.
   */
  common_area_keys?: string[];
  /**
   * Email address associated with the user identity.
   */
  email_address?: string;
  /**
   * List of unique identifiers for the facilities the staff member is associated with.
   */
  facility_keys?: string[];
  /**
   * List of unique identifiers for the listings the staff member is associated with.
   */
  listing_keys?: string[];
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string;
  /**
   * List of unique identifiers for the properties the staff member is associated with.
   */
  property_keys?: string[];
  /**
   * List of unique identifiers for the property listings the staff member is associated with.
   */
  property_listing_keys?: string[];
  /**
   * List of unique identifiers for the rooms the staff member is associated with.
   */
  room_keys?: string[];
  /**
   * List of unique identifiers for the sites the staff member is associated with.
   */
  site_keys?: string[];
  /**
   * List of unique identifiers for the spaces the staff member is associated with.
   */
  space_keys?: string[];
  /**
   * Your unique identifier for the staff.
   */
  staff_member_key: string;
  /**
   * List of unique identifiers for the units the staff member is associated with.
   */
  unit_keys?: string[];
}
export interface Tenant {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string;
  /**
   * Your unique identifier for the tenant.
   */
  tenant_key: string;
}
export interface Unit {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string;
  /**
   * Your unique identifier for the unit.
   */
  unit_key: string;
}
export interface UserIdentity {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string;
  /**
   * Your unique identifier for the user identity.
   */
  user_identity_key: string;
}
export interface User {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string;
  /**
   * Your unique identifier for the user.
   */
  user_key: string;
}

/** Members that are numbers, wherever they are. */
export const NUMBERS: readonly string[] = [
  "duration_minutes",
  "latitude",
  "longitude",
  "low_battery_alert_threshold",
];

/** Members that are a date and time with an offset. */
export const DATE_TIMES: readonly string[] = [
  "ends_at",
  "starts_at",
];

/** The collections of a payload. */
export const KINDS: readonly string[] = [
  "access_grants",
  "bookings",
  "buildings",
  "common_areas",
  "facilities",
  "guests",
  "listings",
  "properties",
  "property_listings",
  "reservations",
  "residents",
  "rooms",
  "sites",
  "spaces",
  "staff_members",
  "tenants",
  "units",
  "user_identities",
  "users",
];

/** The resource of each collection. */
export interface Resources {
  access_grants: AccessGrant;
  bookings: Booking;
  buildings: Building;
  common_areas: CommonArea;
  facilities: Facility;
  guests: Guest;
  listings: Listing;
  properties: Property;
  property_listings: PropertyListing;
  reservations: Reservation;
  residents: Resident;
  rooms: Room;
  sites: Site;
  spaces: Space;
  staff_members: StaffMember;
  tenants: Tenant;
  units: Unit;
  user_identities: UserIdentity;
  users: User;
}

/** A collection of a payload, such as `"reservations"`. */
export type Kind = keyof Resources;
